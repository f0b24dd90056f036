// Makes src/api/schema.ts (types) and src/api/operations.ts (method, path and roles of each operation) of the contract:
// node contract.mjs. With --check it only says whether they agree.
import { readFile, writeFile } from 'node:fs/promises';
import openapi, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const contract = new URL('../server/src/main/resources/openapi.yaml', import.meta.url);
const note = '// Made of the contract, openapi.yaml, by `npm run contract`; not to be edited.\n';

const document = parse(await readFile(contract, 'utf8'));
const rows = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => {
    const roles = (operation['x-roles'] ?? []).map((role) => `'${role}'`).join(', ');
    return `  ${operation.operationId}: { method: '${method.toUpperCase()}', path: '${path}', roles: [${roles}] },\n`;
  }),
);

const files = {
  'src/api/schema.ts': note + astToString(await openapi(contract, { alphabetize: false })),
  'src/api/operations.ts': `${note}export const OPERATIONS = {\n${rows.join('')}} as const;\n`,
};
for (const [name, wanted] of Object.entries(files)) {
  const file = new URL(name, import.meta.url);
  if (process.argv.includes('--check')) {
    if ((await readFile(file, 'utf8').catch(() => '')) !== wanted) {
      console.error(`${name} does not agree with openapi.yaml: run \`npm run contract\` in mgmt-ui/web`);
      process.exit(1);
    }
  } else {
    await writeFile(file, wanted);
  }
}
