import '../elements/app-frame.7c08ed4040.js';
import '../elements/deletion-list.5f46480e0f.js';
