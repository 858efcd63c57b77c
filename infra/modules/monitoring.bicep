// Logs, metrics and traces: one workspace, written to by identity only.
param name string
param location string
param retentionDays int
param identityPrincipalId string
param tags object

var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

// The rule names the workspace and the workspace the rule: so the workspace is made, then the rule, then the link between them.
module workspace 'workspace.bicep' = {
  name: 'workspace'
  params: {
    name: name
    location: location
    retentionDays: retentionDays
    transformationRuleId: ''
    tags: tags
  }
}

// The host writes the addresses of requests, and with them links that open a patient's page and ids of patients. What stands behind the first slash is not kept; method, result and time are.
var beforeSlash = 'OperationName = tostring(split(OperationName, "/")[0])'
var kept = {
  AppRequests: 'source | extend Url = "", Name = tostring(split(Name, "/")[0]), ${beforeSlash}, Properties = parse_json("{}")'
  AppDependencies: 'source | extend Data = "", Name = tostring(split(Name, "/")[0]), Target = tostring(split(Target, "/")[0]), ${beforeSlash}, Properties = parse_json("{}")'
  AppTraces: 'source | extend ${beforeSlash}'
  AppExceptions: 'source | extend ${beforeSlash}'
}

resource withoutAddresses 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'dcr-${name}'
  location: location
  tags: tags
  kind: 'WorkspaceTransforms'
  properties: {
    dataSources: {}
    destinations: {
      logAnalytics: [
        {
          name: 'workspace'
          workspaceResourceId: workspace.outputs.id
        }
      ]
    }
    dataFlows: [for table in items(kept): {
      streams: ['Microsoft-Table-${table.key}']
      destinations: ['workspace']
      transformKql: table.value
    }]
  }
}

module linked 'workspace.bicep' = {
  name: 'workspace-linked'
  params: {
    name: name
    location: location
    retentionDays: retentionDays
    transformationRuleId: withoutAddresses.id
    tags: tags
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${name}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: linked.outputs.id
    DisableLocalAuth: true
    // Addresses of patients are nobody's business here.
    DisableIpMasking: false
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, identityPrincipalId, metricsPublisher)
  scope: insights
  properties: {
    principalId: identityPrincipalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

output workspaceId string = linked.outputs.id
output insightsConnectionString string = insights.properties.ConnectionString
