/** The page of a state graph. */
import '../base.css'
import './graph.css'
import { element, pageData } from '../element.ts'
import type { GraphData } from '../graph-data.ts'
import { themeButton } from '../theme.ts'
import { canvas } from './canvas.ts'
import { GraphView } from './graph-view.ts'
import { panel } from './panel.ts'
import { States } from './states.ts'
import { toolbar } from './toolbar.ts'

const data = pageData<GraphData>()
const view = new GraphView(new States(data))

document.body.append(
  element(
    'header',
    { class: `heading ${data.isWhole ? 'plain' : 'sample'}` },
    element(
      'div',
      { class: 'settings' },
      element(
        'p',
        {},
        data.settings.join(' · '),
        data.bugs.length === 0 ? '' : ` · with the bug${data.bugs.length > 1 ? 's' : ''} ${data.bugs.join(', ')}`,
      ),
      themeButton(),
    ),
    element('h1', {}, data.told[0]!),
    element('p', {}, `${data.told.slice(1).join('; ')}.`),
  ),
  toolbar(view),
  element('main', {}, canvas(view), panel(view)),
)
