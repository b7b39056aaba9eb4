import '../elements/app-frame.d8d6302ff4.js';
import '../elements/import-list.3c49c3d1c5.js';
import '../elements/import-page.fec8a0cf7d.js';
