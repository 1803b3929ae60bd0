// The page uses the package as its users do: by its public entry, which the build copies here.
export * from '../../dist/index.js';
