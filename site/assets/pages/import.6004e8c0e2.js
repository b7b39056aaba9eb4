import '../elements/app-frame.87e0f528fd.js';
import '../elements/import-list.1564c6e2bb.js';
import '../elements/import-page.ee641b0d16.js';
