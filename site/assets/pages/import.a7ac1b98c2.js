import '../elements/app-frame.6d1f977e50.js';
import '../elements/import-page.4d745fc376.js';
