import { lastLines } from '../../lib/deploy/journal';

test('the end of a console is shown line by line, without what a terminal obeys', () => {
  const text = Array.from({ length: 50 }, (_, at) => `\u001b[32m line ${at}\u001b[0m\r`).join('\n');
  expect(lastLines(`${text}\n\n`, 3)).toEqual([' line 47', ' line 48', ' line 49']);
});

test('no secret and no signed request is among them, one that began before the end included', () => {
  const key = [
    '-----BEGIN RSA PRIVATE KEY-----',
    ...Array.from({ length: 30 }, () => 'MIIEowIBAAKCAQEAx1'.repeat(3)),
    '-----END RSA PRIVATE KEY-----',
  ];
  const lines = lastLines(
    [...key, 'unit failed', 'GET https://b.oss.example/k?OSSAccessKeyId=LTAI5tExample&Signature=abc%3D'].join('\n'),
    5,
  );
  expect(lines.join('\n')).not.toMatch(/MIIE|LTAI5t|abc%3D/);
  expect(lines).toContain('unit failed');
});
