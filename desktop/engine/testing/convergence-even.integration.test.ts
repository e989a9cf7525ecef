import { testConvergence } from './converge.ts';

testConvergence('even');
