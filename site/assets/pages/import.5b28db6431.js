import '../elements/app-frame.e89bc4a050.js';
import '../elements/import-page.4d745fc376.js';
