/** Files as such. */
import { stringify } from 'yaml';
import { type AdviceRow, GONE, head, PORT, profile, profileText, row } from './row';

export const filesRows: readonly AdviceRow[] = [
  row('ESTATE_MISSING', 'a file of another name', (w) => {
    w.more['regions/estate.yml'] = stringify(w.estate);
    w.more['regions/estate.yaml'] = GONE;
  }),
  row('FILE_EMPTY', 'an empty region', (w) => {
    w.more['regions/us-west-2.yaml'] = '';
  }),
  row('FILE_EMPTY', 'an empty profile', profileText('# nothing\n'), /describe something/, profile({})),
  row(
    'FILE_TOO_LARGE',
    'a comment of five million signs',
    profileText(`${head}# ${'x'.repeat(5_000_000)}\n`),
    /under 4000000/,
    profile({}),
  ),
  row(
    'FILE_UNREADABLE',
    'a sign that stands for one that could not be read',
    profileText(`${head}# \uFFFD\n`),
    /save it as UTF-8/,
    profile({}),
  ),
  row('DUPLICATE_KEY', 'a key twice', profileText(`${head}description: B.\n`)),
  row(
    'DUPLICATE_KEY',
    'the same, whose first one is wrong',
    profileText(`${head}description: B.\n`),
    /or leave the first one out/,
    (w) => {
      profileText('profile: mine\ndescription: B.\n')(w);
    },
  ),
  row(
    'DUPLICATE_KEY',
    'a key twice in braces',
    profileText(`${head}parameters: { type: object, type: object }\n`),
    /leave one of them out/,
    (w) => {
      profileText(`${head}parameters: { type: object }\n`)(w);
    },
  ),
  row(
    'DUPLICATE_KEY',
    'a list twice',
    profileText(`${head}requires: []\nrequires:\n  - base\n`),
    /leave one of them out/,
    (w) => {
      profileText(`${head}requires: []\n`)(w);
    },
  ),
  row(
    'DUPLICATE_KEY',
    'a key twice whose second value goes on',
    profileText(`${head}description: B\n  and more.\n`),
    /leave one of them out/,
    (w) => {
      profileText(head)(w);
    },
  ),
  row('KEY_NOT_TEXT', 'braces without quotes', profileText(`${head}? [a]\n: b\n`), /`name: value`/, profileText(head)),
  row(
    'NUMBER_TOO_LARGE',
    'a number of four hundred digits',
    profileText(`${head}parameters: { properties: { a: { default: 1e999, type: number } } }\n`),
    /a smaller number/,
    profileText(`${head}parameters: { properties: { a: { default: 1e99, type: number } } }\n`),
  ),
  row(
    'YAML_ALIAS',
    'an alias before its anchor',
    profileText(`${head}requires: *a\n`),
    /write the value out/,
    profileText(`${head}requires: []\n`),
  ),
  row(
    'YAML_ALIAS',
    'an alias of what it stands in',
    profileText(`${head}requires: &a [*a]\n`),
    /write the value out/,
    profileText(`${head}requires: []\n`),
  ),
  row(
    'YAML_TOO_DEEP',
    'fifty lists',
    profileText(`${head}parameters: { properties: { a: { default: ${'['.repeat(50)}${']'.repeat(50)} } } }\n`),
    /plain mappings and lists/,
    profileText(head),
  ),
  row('YAML_SYNTAX', 'no colon', profileText('profile mine\ndescription: A.\n')),
  row('UNKNOWN_KEY', 'a key misspelt', profile({ require: ['base'] })),
  row('UNKNOWN_KEY', 'a word of JavaScript', profileText(`${head}constructor: 1\n`), /leave it out/, profileText(head)),
  row(
    'KEY_MISSING',
    'a port without its protocol',
    profile({ ports: [{ ...PORT, protocol: undefined }] }),
    /./,
    profile({ ports: [PORT] }),
  ),
  row('WRONG_TYPE', 'a port in quotes', profile({ ports: [{ ...PORT, port: '8080' }] })),
  row('VALUE_NOT_ALLOWED', 'a word in capitals', profile({ ports: [{ ...PORT, protocol: 'TCP' }] })),
  row('NAME_NOT_ALLOWED', 'a fleet in capitals', (w) => {
    const { fleets } = w.places['sa-east-1'].clusters.core;
    fleets.Storage = fleets.storage;
    delete fleets.storage;
  }),
];
