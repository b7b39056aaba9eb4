import '../elements/app-frame.f0c24cb7ca.js';
import '../elements/import-list.58d2ff80d0.js';
import '../elements/import-page.90002eb38d.js';
