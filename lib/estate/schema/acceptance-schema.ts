/** `accept:` of estate.yaml, region files and files of data centres: findings that are wanted, each with its reason. */
import { z } from 'zod';
import { line, text } from './scalars';

const code = text(/^[A-Z][A-Z0-9_]*$/, 'the code of a finding', 'Code of the finding.', 'VOTERS_NOT_SPREAD', 63);
const reason = line('Why, for whoever reviews it.', 'the region has two zones');
const path = line('Path of the warning, as it is told.', 'clusters.core.fleets.voters.zones');

const EXAMPLE = { code: 'VOTERS_NOT_SPREAD', path: 'clusters.core.fleets.voters.zones', reason: 'the region has two zones' };

/** Of one place: its own warnings by path, and findings about what stands by name. */
export const acceptance = z
  .array(
    z.strictObject({
      code,
      name: line('What a finding about what stands names.', 'core').optional(),
      path: path.optional(),
      reason,
    }),
  )
  .default([])
  .meta({
    description:
      'Findings that are wanted: about what stands, by name, each becomes a warning; warnings, by path, are only counted.',
    examples: [[EXAMPLE]],
  });

/** Of the whole estate: warnings in any file. */
export const estateAcceptance = z
  .array(
    z.strictObject({
      code,
      path,
      file: line('File of the warning. Default: estate.yaml.', 'regions/images.lock.yaml').optional(),
      reason,
    }),
  )
  .default([])
  .meta({ description: 'Warnings that are wanted, by file and path: they are only counted.', examples: [[EXAMPLE]] });
