import { readRegistration, unsuitable } from '../../lib/discovery';
import { TOKEN, token } from './fake-service';

function read(size: number | string, members: readonly string[] = []) {
  const answers = token(TOKEN, size, members);
  return readRegistration(JSON.parse(answers[`${TOKEN}/_config/size`]!), JSON.parse(answers[TOKEN]!));
}

test('size and members are read from the answers', () => {
  expect(read(3)).toEqual({ size: 3, members: [] });
  expect(read(5, ['a=http://10.0.0.1:2380'])).toEqual({ size: 5, members: ['a=http://10.0.0.1:2380'] });
});

test.each(['', '0', '-3', '3.5', 'three', '3 '])('%j is no size', (size) => {
  expect(read(size)).toBeUndefined();
});

test.each([
  [undefined, undefined],
  [null, {}],
  [[], []],
  [{ node: { value: '3' } }, { errorCode: 100, message: 'Key not found' }],
  [{ node: { value: '3' } }, { node: { dir: true, nodes: 'none' } }],
  [{ node: { value: '3' } }, { node: { dir: true, nodes: [{ key: 'x' }] } }],
  [{ node: { value: 3 } }, { node: { dir: true } }],
])('%j and %j are not the answers of a discovery service', (size, registry) => {
  expect(readRegistration(size, registry)).toBeUndefined();
});

test('a token suits a cluster of exactly its size on which nobody is', () => {
  expect(unsuitable(TOKEN, { size: 3, members: [] }, 3)).toBeUndefined();
  expect(unsuitable(TOKEN, { size: 1, members: [] }, 3)).toMatchObject({ code: 'TOKEN_SIZE' });
});

test('a token that has members is refused, unless they are the expected ones', () => {
  const members = ['voters-1=http://10.0.0.1:2380'];
  expect(unsuitable(TOKEN, { size: 3, members }, 3)).toMatchObject({
    code: 'TOKEN_TAKEN',
    message: expect.stringContaining(members[0]!),
  });
  expect(unsuitable(TOKEN, { size: 3, members }, 3, members)).toBeUndefined();
  expect(unsuitable(TOKEN, { size: 3, members: [...members, 'x=http://10.0.0.9:2380'] }, 3, members)).toMatchObject({
    message: expect.not.stringContaining(members[0]!),
  });
});
