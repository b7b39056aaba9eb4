import '../elements/app-frame.3b58bbd22a.js';
import '../elements/portal-parts.a4eef57846.js';
import '../elements/self-test.f15adf87c2.js';
import '../elements/storage-figures.e93a23b840.js';
import '../elements/running-imports.fb0d445ee9.js';
import '../elements/job-list.9dfc6c7397.js';
import { showPermitted, session } from '../session.7dda462f97.js';
import { showCurrentTab } from '../admin-table.d8ba9f26bf.js';

showCurrentTab();
session().then(({ held }) => {
  showPermitted(document, held);
  showCurrentTab();
}, () => {});
