import '../elements/app-frame.7c08ed4040.js';
import '../elements/sender-list.8159188f74.js';
