import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { qr } from '../src/qr/qr';

const text = (grid: boolean[][]) => grid.map((row) => row.map((dark) => (dark ? '#' : '.')).join('')).join('\n');

describe('a QR code', () => {
  // These were read back by another program, ZBar, when they were taken down here.
  test.each([
    ['A', 21, 'c8529cd82afac26f'],
    ['otpauth://totp/Sluice:anna?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Sluice&algorithm=SHA1&digits=6&period=30', 45, 'ed031c7ed2f96dc9'],
    ['y'.repeat(280), 65, '976d0e77ae216dfa'],
  ])('of %s is as it was when another program read it', (content, size, hash) => {
    const grid = qr(content);
    expect(grid.length).toBe(size);
    expect(createHash('sha256').update(text(grid)).digest('hex').slice(0, 16)).toBe(hash);
  });
  test('of a longer text is refused, not cut', () => {
    expect(() => qr('z'.repeat(400))).toThrow('too long');
  });
});
