import { testConvergence } from './converge.ts';

testConvergence('odd');
