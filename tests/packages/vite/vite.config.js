// Vite's pre-bundling in development would lose rouse.wasm. Without this, import from 'rouse/inline'.
export default { base: './', build: { target: 'es2022' }, optimizeDeps: { exclude: ['rouse'] } };
