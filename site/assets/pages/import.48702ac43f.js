import '../elements/app-frame.e64f054fb8.js';
import '../elements/import-list.a0b2380d30.js';
import '../elements/import-page.9aef70b6d3.js';
