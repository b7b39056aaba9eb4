import '../elements/app-frame.75629a1284.js';
import '../elements/import-list.3c49c3d1c5.js';
import '../elements/import-page.fec8a0cf7d.js';
