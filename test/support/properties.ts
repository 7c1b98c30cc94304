import { configureGlobal } from 'fast-check';

// In CI a failure has to be the change's own, so every run there tries the same cases; elsewhere each run tries others.
if (process.env.CI) configureGlobal({ seed: 20261122 });
