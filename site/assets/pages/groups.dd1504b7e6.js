import '../elements/app-frame.7c08ed4040.js';
import '../elements/group-list.ec12fcf772.js';
