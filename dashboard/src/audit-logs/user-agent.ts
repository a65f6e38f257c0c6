/**
 * A user agent in a few words, as "Chrome 141 on Windows" or "python-requests 2.32". It is what the
 * client said of itself, so the raw text always stands beside it.
 */
export function readUserAgent(text: string): string | null {
  if (!text.startsWith('Mozilla/')) {
    const [, product, version] = /^([\w.-]{1,40})(?:\/([\w.-]{1,20}))?(?=[\s(]|$)/.exec(text) ?? [];
    return product ? [product, version].filter(Boolean).join(' ') : null;
  }
  const browser = firstOf(text, BROWSERS);
  const system = firstOf(text, SYSTEMS);
  return browser ? [browser, system].filter(Boolean).join(' on ') : null;
}

// Each browser also claims to be those below it: the first that fits is the one.
const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\bCriOS\/(\d+)/, 'Chrome'],
  [/\bHeadlessChrome\/(\d+)/, 'Headless Chrome'],
  [/\bChrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/\biPhone|\biPad/, 'iOS'],
  [/\bAndroid/, 'Android'],
  [/\bWindows/, 'Windows'],
  [/\bMac OS X|\bMacintosh/, 'macOS'],
  [/\bLinux/, 'Linux'],
];

function firstOf(text: string, names: [RegExp, string][]): string | null {
  for (const [pattern, name] of names) {
    const match = pattern.exec(text);
    if (match) return match[1] ? `${name} ${match[1]}` : name;
  }
  return null;
}
