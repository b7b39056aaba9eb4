import '../elements/app-frame.75629a1284.js';
import '../elements/import-page.fd8e2ea3fd.js';
