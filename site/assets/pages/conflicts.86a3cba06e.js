import '../elements/app-frame.7c08ed4040.js';
import '../elements/conflict-list.d792c4db14.js';
