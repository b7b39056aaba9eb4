import '../elements/app-frame.d8d6302ff4.js';
import '../elements/portal-parts.3098b689dd.js';
import '../elements/self-test.84421f8fb2.js';
import '../elements/storage-figures.7e8d421faa.js';
import '../elements/running-imports.07073976fe.js';
import '../elements/job-list.f62170c5a3.js';
import { showPermitted, session } from '../session.0f9c5643cd.js';
import { showCurrentTab } from '../admin-table.69df7a7b2a.js';

showCurrentTab();
session().then(({ held }) => {
  showPermitted(document, held);
  showCurrentTab();
}, () => {});
