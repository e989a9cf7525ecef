import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Vitest begins with what took longest last time, project by project; nothing is known of that in a new checkout. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('.integration.test.');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
