import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SpellingIndex, explainUnknown } from '../../core/vocabulary/nearest-codes.ts';

const index = new SpellingIndex([
  { code: 'BD', label: 'Bangladesh', spellings: ['BD', 'Bangladesh', 'BGD'] },
  { code: 'BT', label: 'Bhutan', spellings: ['BT', 'Bhutan', 'BTN'] },
  { code: 'TR', label: 'Türkiye', spellings: ['TR', 'Türkiye', 'TUR', 'Turkey'] },
  { code: 'BD-D', label: 'Khulna', spellings: ['BD-D', 'Khulna'] },
  { code: 'BD-27', label: 'Khulna', spellings: ['BD-27', 'Khulna'] },
]);
const codesNear = (text: string): string[] => index.nearest(text).map((near) => near.code);

describe('the codes nearest to a text', () => {
  test.each([
    ['bangladesh', ['BD']],
    ['Bangaldesh', ['BD']],
    ['BGD', ['BD']],
    ['turkiye', ['TR']],
    ['TÜRKEY', ['TR']],
    ['Nowhere', []],
    ['', []],
    ['…', []],
  ])('of “%s” are %j', (text, codes) => {
    expect(codesNear(text)).toEqual(codes);
  });

  test('come likest first; of two alike the shorter code first', () => {
    expect(codesNear('Khulna')).toEqual(['BD-D', 'BD-27']);
    expect(codesNear('BD-27')).toEqual(['BD-27', 'BD', 'BD-D']);
  });

  test('of something spelled as it should be begin with that', () => {
    const word = fc.stringMatching(/^[a-z]{3,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 30 }), fc.nat(), (words, pick) => {
        const spelled = new SpellingIndex(words.map((code) => ({ code, label: code, spellings: [code] })));
        const wanted = words[pick % words.length] ?? '';
        // Words that repeat themselves have the same pieces as others (aaaa and aaaaa), and then the shorter comes first.
        const [first] = spelled.nearest(wanted.toUpperCase());
        expect(first?.code.length).toBeLessThanOrEqual(wanted.length);
        if (new Set(wanted).size === wanted.length) expect(first?.code).toBe(wanted);
      }),
      { seed: 20513 },
    );
  });

  test('are told as people would', () => {
    const near = ['BD', 'BT', 'TR'].map((code) => ({ code, label: code.toLowerCase() }));
    const unknown = { kind: 'actor_kind', code: 'B' } as const;
    expect(explainUnknown(unknown, near)).toBe('no actor kind B; did you mean BD (bd), BT (bt) or TR (tr)?');
    expect(explainUnknown(unknown, near.slice(0, 2))).toBe('no actor kind B; did you mean BD (bd) or BT (bt)?');
    expect(explainUnknown(unknown, [])).toBe('no actor kind B, and none like it');
  });
});
