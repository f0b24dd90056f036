import { describe, expect, test } from 'vitest';
import { withExpectations } from '../../src/pages/replay/expectations';

const ONE = '- {from: a, to: b, does: read, then: allow s1}';
const TWO = '- {from: a, to: b, does: write, then: deny default}';

describe('expectations into a policy', () => {
  test('go behind those that are there, as deep as they stand', () => {
    const text = `policy: x\nexpect:        # promises\n    ${ONE}\n\n# the end\nmode: enforce\n`;
    expect(withExpectations(text, `expect:\n  ${TWO}\n`)).toEqual({ yaml: `policy: x\nexpect:        # promises\n    ${ONE}\n    ${TWO}\n\n# the end\nmode: enforce\n`, added: 1 });
  });
  test('make the key where there is none', () => {
    expect(withExpectations('policy: x', ONE).yaml).toBe(`policy: x\n\nexpect:\n  ${ONE}\n`);
    expect(withExpectations('expect: []\nmode: enforce\n', ONE).yaml).toBe(`expect:\n  ${ONE}\nmode: enforce\n`);
  });
  test('are not said twice', () => {
    const text = `expect:\n  ${ONE.replace('read', '"read"')}\n`;
    expect(withExpectations(text, `${ONE}\n`)).toEqual({ yaml: text, added: 0 });
    expect(withExpectations(text, `${ONE}\n${TWO}\n`).added).toBe(1);
  });
});
