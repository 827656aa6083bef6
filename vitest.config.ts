import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real processes, browsers and databases: slow machines need the room, and a hang still ends.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
