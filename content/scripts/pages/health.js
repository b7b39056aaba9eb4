import '../elements/app-frame.js';
import '../elements/portal-parts.js';
import '../elements/self-test.js';
import '../elements/storage-figures.js';
import '../elements/running-imports.js';
import '../elements/job-list.js';
import { showPermitted, session } from '../session.js';
import { showCurrentTab } from '../admin-table.js';

showCurrentTab();
session().then(({ held }) => {
  showPermitted(document, held);
  showCurrentTab();
}, () => {});
