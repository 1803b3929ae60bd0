// Run as: node --experimental-vm-modules node_modules/jest/bin/jest.js -c tests/js/jest.config.mjs
export default {
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/js/**/*.test.mjs'],
  testEnvironment: 'node',
  testTimeout: 120_000, // for machines that are slow or busy: no test waits for it
  globalSetup: '<rootDir>/tests/js/compile.mjs',
  moduleFileExtensions: ['mjs', 'js'],
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  transform: {}, // what runs is what tsc made
};
