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
    name: 'texts-refused'
    description: 'Communication Services refused texts: a number, the sender\'s limits or its verification.'
    severity: 2
    query: 'AppTraces | where Message startswith "Communication Services refused a text" | summarize Measured = sum(ItemCount)'
    operator: 'GreaterThan'
    threshold: 3
    window: 'PT1H'
    every: 'PT15M'
  }
]

// What Event Grid could not deliver is nowhere in our logs.
var topicMetrics = [
  {
    metric: 'DeliveryAttemptFailCount'
    description: 'Event Grid could not put events about texts into their queue and tries again for a day: patients\' answers wait.'
    severity: 2
    threshold: 5
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
