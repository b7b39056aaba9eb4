import '../elements/app-frame.e89bc4a050.js';
import '../elements/unattached-list.5536ec151d.js';
