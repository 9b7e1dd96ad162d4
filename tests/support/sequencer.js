import LongestFirst from '@jest/test-sequencer';

const folders = ['e2e', 'integration', 'unit'];
const folderOf = ({ path }) => folders.findIndex((name) => path.includes(`/tests/${name}/`));

/** Whole-product tests first, so that both workers end together in a fresh clone too, where no times are known yet. */
export default class Sequencer extends LongestFirst {
  sort(tests) {
    return super.sort(tests).sort((one, other) => folderOf(one) - folderOf(other));
  }
}
