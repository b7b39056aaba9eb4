import '../elements/app-frame.e89bc4a050.js';
import '../elements/import-page.29c42bd624.js';
