import { configure } from '@testing-library/react';

// What is looked for comes in its own time on a busy machine.
configure({ asyncUtilTimeout: 20_000 });
