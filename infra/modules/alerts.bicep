// What somebody has to be told. Each query reads what the app or the host logs; none of it holds patient data.
param name string
param location string
param workspaceId string
@description('The Event Grid topic of Communication Services.')
param smsTopicId string
param emails array
param tags object

// Sampling may keep one line for many: each says how many it stands for.
var rules = [
  {
    name: 'failed-messages'
    description: 'A message failed five tries and waits in a poison queue. The clinic\'s staff see it in the console and can put it back.'
    severity: 1
    query: 'AppTraces | where Message startswith "Failed messages wait in the queue" | summarize Measured = sum(ItemCount)'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT15M'
    every: 'PT5M'
  }
  {
    name: 'release-silent'
    description: 'The timer that releases messages has not run for a quarter of an hour: texts and purges wait.'
    severity: 1
    query: 'AppTraces | where Message startswith "The timer ReleaseMessages ran" | summarize Measured = sum(ItemCount)'
    operator: 'LessThan'
    threshold: 1
    window: 'PT15M'
    every: 'PT5M'
  }
  {
    name: 'labs-silent'
    description: 'The timer that looks for missing and outdated laboratory tests has not run for an hour: nobody is warned of them.'
    severity: 2
    query: 'AppTraces | where Message startswith "The timer FlagLabs ran" | summarize Measured = sum(ItemCount)'
    operator: 'LessThan'
    threshold: 1
    window: 'PT1H'
    every: 'PT15M'
  }
  {
    name: 'server-errors'
    description: 'More than five in a hundred of a quarter hour\'s requests over HTTP, and three at least, were answered with a server error.'
    severity: 2
    query: 'AppRequests | where toint(ResultCode) >= 100 | summarize Failed = sumif(ItemCount, toint(ResultCode) >= 500), All = sum(ItemCount) | extend Measured = iff(Failed < 3, 0.0, 100.0 * Failed / All) | project Measured'
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    every: 'PT5M'
  }
  {
    name: 'work-waits'
    description: 'More than twice in an hour, messages could not be sent on or read, or laboratory tests not looked at, although the timers ran: texts, purges or warnings wait.'
    severity: 1
    query: 'AppTraces | where Message startswith "Messages of clinic" or Message startswith "Due messages cannot be read" or Message startswith "The laboratory tests of clinic" | summarize Measured = sum(ItemCount)'
    operator: 'GreaterThan'
    threshold: 2
    window: 'PT1H'
    every: 'PT15M'
  }
  {
    // A blocked sender is asked about once an hour: one line is the whole of the news.
    name: 'sender-blocked'
    description: 'Communication Services or a carrier does not let us send: rights, limits or the number\'s verification. No text goes out until somebody acts.'
    severity: 1
    query: 'AppTraces | where Message startswith "The sender of texts is blocked" | summarize Measured = sum(ItemCount)'
    operator: 'GreaterThan'
    threshold: 0
    window: 'PT2H'
    every: 'PT15M'
  }
  {
    // Three is one text that was given up, or three that met the same silence.
    name: 'texts-unanswered'
    description: 'Communication Services gives no answer: texts are given up after three tries.'
    severity: 1
    query: 'AppTraces | where Message startswith "Communication Services gave no answer about a text" | summarize Measured = sum(ItemCount)'
    operator: 'GreaterThan'
    threshold: 2
    window: 'PT1H'
    every: 'PT15M'
  }
  {
    // Over a day, because a clinic sends few texts an hour; a wrong number now and then is nobody's emergency.
    name: 'texts-failed'
    description: 'More than five texts of a day were refused or reported undelivered: wrong numbers, or a carrier that takes our texts for spam.'
    severity: 2
    query: 'AppTraces | where Message startswith "Communication Services refused a text" or Message startswith "A text was reported undelivered" | summarize Measured = sum(ItemCount)'
    operator: 'GreaterThan'
    threshold: 5
    window: 'P1D'
    every: 'PT1H'
  }
]

// What Event Grid could not deliver is nowhere in our logs.
var topicMetrics = [
  {
    metric: 'DeliveryAttemptFailCount'
    description: 'Event Grid could not put an event about a text into its queue and tries again for a day: a patient\'s answer waits.'
    severity: 2
    threshold: 0
  }
  {
    metric: 'DeadLetteredCount'
    description: 'Events about texts were given up and lie in the container sms-events-undelivered: patients\' answers, STOP among them, were not heard.'
    severity: 0
    threshold: 0
  }
  {
    metric: 'DroppedEventCount'
    description: 'Events about texts were lost: not even the container took them.'
    severity: 0
    threshold: 0
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${name}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'ki-alerts'
    emailReceivers: [for (email, i) in emails: {
      name: 'email-${i}'
      emailAddress: email
      useCommonAlertSchema: true
    }]
  }
}

resource alert 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for rule in rules: {
  name: 'alert-${name}-${rule.name}'
  location: location
  tags: tags
  properties: {
    displayName: rule.name
    description: rule.description
    severity: rule.severity
    enabled: true
    scopes: [workspaceId]
    windowSize: rule.window
    evaluationFrequency: rule.every
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Total'
          metricMeasureColumn: 'Measured'
          operator: rule.operator
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [people.id]
    }
  }
}]

resource topicAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = [for item in topicMetrics: {
  name: 'alert-${name}-${item.metric}'
  location: 'global'
  tags: tags
  properties: {
    description: item.description
    severity: item.severity
    enabled: true
    scopes: [smsTopicId]
    windowSize: 'PT15M'
    evaluationFrequency: 'PT5M'
    autoMitigate: true
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: item.metric
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          metricName: item.metric
          operator: 'GreaterThan'
          threshold: item.threshold
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [
      { actionGroupId: people.id }
    ]
  }
}]
