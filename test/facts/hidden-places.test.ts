import { hiddenPlace } from '../../lib/facts/hidden-places';
import { confined } from '../../lib/host-config/confine';

test('what units can not see is what they are confined by', () => {
  const unit = confined('[Service]\nExecStart=/bin/true\n');
  const text = 'text' in unit ? unit.text : '';
  for (const [place, setting] of [
    ['/home', 'ProtectHome'],
    ['/root', 'ProtectHome'],
    ['/run/user', 'ProtectHome'],
    ['/tmp', 'PrivateTmp'],
    ['/var/tmp', 'PrivateTmp'],
  ] as const) {
    expect(hiddenPlace(place)).toContain(`(${setting})`);
    expect(hiddenPlace(`${place}/below`)).toBe(hiddenPlace(place));
    expect(hiddenPlace(`${place}s`)).toBeUndefined();
    expect(text).toContain(`\n${setting}=yes\n`);
  }
});

test('a place that holds others is itself refused, and not what is below it', () => {
  for (const place of ['/var', '/var/lib', '/opt', '/run']) {
    expect(hiddenPlace(place)).toBe(`${place} holds what the host itself lives by`);
    expect(hiddenPlace(`${place}/mine`)).toBeUndefined();
  }
});
