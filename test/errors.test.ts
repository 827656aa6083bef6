import { expect, test } from 'vitest';
import { DiskFull } from '../pipelines/archive/archive.ts';
import { adviceOf } from '../pipelines/errors.ts';

test('of a full disk, whoever writes to it, is said what makes room; of a defect nothing', () => {
  const full = [
    Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
    Object.assign(new Error('EDQUOT: disk quota exceeded, write'), { code: 'EDQUOT' }),
    new DiskFull('nothing can be written into data/blobs/aa: the disk is full (ENOSPC)'),
    new Error('IO Error: Could not write to "build/facts.parquet": No space left on device'),
  ];
  for (const error of full) expect(adviceOf(error)).toContain('gongkai archive prune');
  expect(adviceOf(new DiskFull('nothing can be written into data: the file system is mounted read-only (EROFS)'))).toBe(
    '',
  );
  expect(adviceOf(new Error('Maximum call stack size exceeded'))).toBe('');
});
