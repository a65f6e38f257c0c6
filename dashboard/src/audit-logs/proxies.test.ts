import { describe, expect, it } from 'vitest';
import { anEntry } from '../test/entries';
import { forgottenProxy } from './proxies';

function from(...addresses: (string | null)[]) {
  return addresses.map((ip_address) => anEntry({ ip_address }));
}

describe('a proxy that was forgotten', () => {
  it.each(['10.0.0.7', '172.17.0.1', '192.168.1.1', '100.64.0.1', 'fd00::1', 'fe80::1'])(
    'is asked for when all came from %s',
    (address) => {
      const same = Array<string>(8).fill(address);
      expect(forgottenProxy(from(...same, null))).toBe(address);
      expect(forgottenProxy(from(...same.slice(1)))).toBeNull();
      expect(forgottenProxy(from(...same, '200.160.0.8'))).toBeNull();
    },
  );

  it.each(['127.0.0.1', '::1', '200.160.0.8', '172.32.0.1', '100.128.0.1', '2600:1f18::1'])(
    'is not asked for when all came from %s',
    (address) => expect(forgottenProxy(from(...Array<string>(9).fill(address)))).toBeNull(),
  );
});
