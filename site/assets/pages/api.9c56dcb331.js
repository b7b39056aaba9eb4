import '../elements/app-frame.e64f054fb8.js';
import '../elements/api-page.7bbd075f16.js';
