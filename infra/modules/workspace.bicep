// The workspace of logs, alone, because it is deployed twice: see monitoring.bicep.
param name string
param location string
param retentionDays int
@description('Empty: none yet.')
param transformationRuleId string
param tags object

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${name}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    defaultDataCollectionRuleResourceId: empty(transformationRuleId) ? null : transformationRuleId
  }
}

output id string = workspace.id
