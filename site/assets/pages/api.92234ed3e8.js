import '../elements/app-frame.d290fc2c45.js';
import '../elements/api-page.2507bb4d49.js';
