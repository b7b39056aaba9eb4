import '../elements/app-frame.75629a1284.js';
import '../elements/deletion-list.45caae4a2b.js';
