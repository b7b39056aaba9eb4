import '../elements/app-frame.d8d6302ff4.js';
import '../elements/import-list.3c49c3d1c5.js';
import '../elements/import-page.262e2ffac4.js';
