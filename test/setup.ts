// CDK's template validator costs 3 s and 300 MB a process: one test and CI run with it on, the rest without.
process.env.CDK_VALIDATION ??= 'false';
process.env.NO_COLOR = '1';
