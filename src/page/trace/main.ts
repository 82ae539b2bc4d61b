/** The page of a trace. */
import '../base.css'
import './trace.css'
import './flow.css'
import { element, pageData } from '../element.ts'
import type { TraceData } from '../trace-data.ts'
import { diagram } from './diagram.ts'
import { executionOf } from './execution.ts'
import { NO_FILTER } from './filter.ts'
import { filterBar } from './filter-bar.ts'
import { heading } from './heading.ts'
import { KEYS, listenToKeys } from './keyboard.ts'
import { stepPanel } from './step-panel.ts'
import { View } from './view.ts'

const data = pageData<TraceData>()
const execution = executionOf(data)
const view = new View(execution.length, data.loop)

document.body.append(
  heading(data),
  filterBar(data, view),
  element('main', {}, diagram(execution, view), stepPanel(execution, view)),
  element('footer', {}, element('span', { class: 'keys' }, KEYS), element('span', {}, 'made by splitbrain')),
)
listenToKeys(view, () => view.ask(NO_FILTER))
