import '../elements/app-frame.d290fc2c45.js';
import '../elements/deletion-list.5a10a977be.js';
