import '../elements/app-frame.7c08ed4040.js';
import '../elements/unattached-list.91e8fc5b26.js';
