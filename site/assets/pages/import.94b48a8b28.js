import '../elements/app-frame.d290fc2c45.js';
import '../elements/import-list.999fef1657.js';
import '../elements/import-page.be47f8a9d5.js';
