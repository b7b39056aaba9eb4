import '../elements/app-frame.d290fc2c45.js';
import '../elements/study-page.58aa07fc54.js';
