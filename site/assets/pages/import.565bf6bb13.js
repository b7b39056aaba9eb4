import '../elements/app-frame.7c08ed4040.js';
import '../elements/import-list.58d2ff80d0.js';
import '../elements/import-page.d499705ebb.js';
