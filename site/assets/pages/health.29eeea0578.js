import '../elements/app-frame.d290fc2c45.js';
import '../elements/portal-parts.0bdcd8f4b9.js';
import '../elements/self-test.3bb097ee01.js';
import '../elements/storage-figures.a2525e5d04.js';
import '../elements/running-imports.1abbc8a411.js';
import '../elements/job-list.c7c080664e.js';
import { showPermitted, session } from '../session.7dda462f97.js';
import { showCurrentTab } from '../admin-table.8ff24418e7.js';

showCurrentTab();
session().then(({ held }) => {
  showPermitted(document, held);
  showCurrentTab();
}, () => {});
