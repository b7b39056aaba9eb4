import '../elements/app-frame.js';
import '../elements/import-list.js';
import '../elements/import-page.js';
