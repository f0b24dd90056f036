import { basename, dirname } from 'node:path';
import type { Plugin } from 'vite';

interface Chunk {
  type: 'chunk';
  fileName: string;
  facadeModuleId: string | null;
  imports: string[];
  dynamicImports: string[];
  viteMetadata?: { importedCss: Set<string> };
}

/**
 * Writes `pages.json`: for the path of every page the files that it needs at once, in the order in which they are wanted. The server names them beside the page's HTML, so that a browser fetches
 * them while it still reads the first script, not after it.
 */
export function firstVisit(): Plugin {
  return {
    name: 'first-visit',
    apply: 'build',
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk') as unknown as Chunk[];
      const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
      const entry = files(chunks.filter((chunk) => chunk.facadeModuleId?.endsWith('/index.html')), byName);
      const pages: Record<string, string[]> = {};
      for (const chunk of chunks) {
        if (!/\/src\/pages\/[a-z]+\/[A-Za-z]+Page\.tsx$/.test(chunk.facadeModuleId ?? '')) {
          continue;
        }
        const page = basename(dirname(chunk.facadeModuleId!));
        // The charts of the Overview are seen at once; the editor of Policy is not.
        const also = page === 'overview' ? chunk.dynamicImports.flatMap((name) => byName.get(name) ?? []) : [];
        const needed = files([chunk, ...also], byName);
        pages[page === 'overview' ? '/' : `/${page}`] = [...new Set([...entry, ...needed])].map((file) => `/${file}`);
      }
      this.emitFile({ type: 'asset', fileName: 'pages.json', source: JSON.stringify(pages, undefined, 1) });
    },
  };
}

/** The files of chunks and of all that they import. */
function files(of: Chunk[], byName: Map<string, Chunk>): Set<string> {
  const found = new Set<string>();
  const add = (chunk: Chunk) => {
    if (found.has(chunk.fileName)) {
      return;
    }
    found.add(chunk.fileName);
    chunk.viteMetadata?.importedCss.forEach((css) => found.add(css));
    chunk.imports.forEach((name) => {
      const next = byName.get(name);
      if (next) {
        add(next);
      }
    });
  };
  of.forEach(add);
  return found;
}
